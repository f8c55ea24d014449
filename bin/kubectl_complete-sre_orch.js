#!/usr/bin/env node
// What kubectl runs to complete `kubectl sre-orch ...` (since 1.26).
import './sre-orch.js';
