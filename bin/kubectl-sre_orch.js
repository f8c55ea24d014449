#!/usr/bin/env node
// kubectl finds its plugins by the name of the file: this one is `kubectl sre-orch`.
import './sre-orch.js';
