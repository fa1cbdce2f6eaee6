import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from './address';
import { findProviderSyntaxProblem, MAILBOX_FAMILY_DOMAINS } from './mailbox-rules';

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
    'a&b@aol.com',
    "o'neil@web.de",
    'jörg@gmx.de',
    'a!b@yandex.ru',
    'a/b@mail.ru',
    'a*b@qq.com',
    '用户@163.com',
    '"a b"@gmx.net',
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
    'paul.smith_jr-2@web.de',
    'x+y@gmx.net',
    '12345@qq.com',
    'ivan.petrov@bk.ru',
    'jane-doe+news@yandex.com',
    'a-b@aol.com',
    'any!thing@example.com',
    'john-smith@mail.gmail.com.example',
  ])('is never refused: %s', (email) => {
    expect(problemOf(email)).toBeNull();
  });
});

describe('two addresses with one canonical form', () => {
  const canonical = (email: string): string => {
    const parsed = parseAddress(email);
    if (!parsed.ok) throw new Error(parsed.problem);
    return parsed.address.canonical;
  };

  it.each([
    ['J.o.h.n+news@googlemail.com', 'john@gmail.com'],
    ['jane.doe@ya.ru', 'jane-doe@yandex.com'],
    ['Jane_Doe@proton.me', 'jane.doe@proton.me'],
    ['jane-doe+x@protonmail.com', 'janedoe@protonmail.com'],
    ['nick-shop@yahoo.com', 'nick@yahoo.com'],
    ['John+x@outlook.com', 'john@outlook.com'],
    ['john+x@icloud.com', 'john@icloud.com'],
  ])('reach one mailbox: %s and %s', (one, other) => {
    expect(canonical(one)).toBe(canonical(other));
  });

  it.each([
    ['john@hotmail.com', 'john@outlook.com'],
    ['john@yahoo.com', 'john@yahoo.co.uk'],
    ['john@icloud.com', 'john@me.com'],
    ['jane@proton.me', 'jane@pm.me'],
    ['john.smith@outlook.com', 'johnsmith@outlook.com'],
    ['john.smith@yahoo.com', 'johnsmith@yahoo.com'],
    ['ivan@mail.ru', 'ivan@bk.ru'],
    ['x+y@gmx.net', 'x@gmx.net'],
    ['x+y@example.com', 'x@example.com'],
    ['"a.b c"@gmail.com', '"ab c"@gmail.com'],
  ])('never belong to two mailboxes: %s and %s', (one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });

  it('have a canonical form whose canonical form is itself', () => {
    const names = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9._+-]{0,20}[a-zA-Z0-9]$/).filter((name) => !name.includes('..'));
    fc.assert(
      fc.property(names, fc.constantFrom(...MAILBOX_FAMILY_DOMAINS, 'example.com'), (name, domain) => {
        const parsed = parseAddress(`${name}@${domain}`);
        if (!parsed.ok) return;
        const again = parseAddress(parsed.address.canonical);
        expect(again.ok ? again.address.canonical : parsed.address.canonical).toBe(parsed.address.canonical);
      }),
    );
  });
});
