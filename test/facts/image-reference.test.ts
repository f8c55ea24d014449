import { expect, test } from 'vitest';
import { parseImage } from '../../src/facts/image-reference.ts';

test.each([
  ['nginx', 'docker.io', 'nginx', 'latest'],
  ['shop/checkout:1.4', 'docker.io', 'shop/checkout', '1.4'],
  ['registry.example.com/shop/checkout:1.4', 'registry.example.com', 'shop/checkout', '1.4'],
  ['localhost:5000/checkout', 'localhost:5000', 'checkout', 'latest'],
  ['localhost/checkout:dev', 'localhost', 'checkout', 'dev'],
  ['registry.example.com/a@sha256:0123', 'registry.example.com', 'a', 'sha256:0123'],
])('%s', (image, registry, repository, tag) => {
  expect(parseImage(image)).toEqual({ registry, repository, tag });
});
