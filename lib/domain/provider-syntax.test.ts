import { describe, expect, it } from 'vitest';
import { findProviderSyntaxProblem } from './provider-syntax';

const problemOf = (email: string) => {
  const at = email.lastIndexOf('@');
  return findProviderSyntaxProblem({ localPart: email.slice(0, at), domain: email.slice(at + 1) });
};

describe('a name that the provider cannot have', () => {
  it.each([
    'john_smith@gmail.com',
    'john-smith@gmail.com',
    'jörg@gmail.com',
    '"john smith"@gmail.com',
    `${'a'.repeat(31)}@gmail.com`,
    "o'neil@googlemail.com",
    "o'neil@outlook.com",
    'a&b@hotmail.com',
    'a!b@live.com',
    'a/b@yahoo.com',
    'a$b@ymail.com',
    'a=b@icloud.com',
    '用户@me.com',
  ])('is named in a plain sentence: %s', (email) => {
    expect(problemOf(email)).toMatch(/^[A-Za-z].*\.$/);
  });
});

describe('a name that may exist', () => {
  it.each([
    'paul@gmail.com',
    'john.smith@gmail.com',
    'john.smith+any-thing_at!all@gmail.com',
    `${'a.'.repeat(29)}a@gmail.com`,
    '1st@hotmail.com',
    'john_smith-jr@outlook.com',
    'john+news@live.com',
    'nick-keyword@yahoo.com',
    'a@yahoo.co.uk',
    'john+x@yahoo.com',
    'words-word.0x@icloud.com',
    'john_smith@mac.com',
    'any!thing@example.com',
    'john-smith@mail.gmail.com.example',
  ])('is never refused: %s', (email) => {
    expect(problemOf(email)).toBeNull();
  });
});
