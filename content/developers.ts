// The page for developers: how to install each SDK and what it needs. A test checks that the install lines are those of the SDKs' READMEs.
// The examples are those of the documentation, which the SDK tests run.
import type { LanguageId } from './docs/languages';
import type { Page } from './page';

export const DEVELOPERS: Page = {
  path: '/developers',
  title: 'API and SDKs',
  description:
    'A REST API with an OpenAPI document, and SDKs in TypeScript, Python, PHP, Ruby, Go, Java and Rust that retry, stream and charge once.',
  updated: '2026-11-29',
};

export interface Sdk {
  language: Exclude<LanguageId, 'curl'>;
  name: string;
  install: string;
  needs: string;
}

export const SDKS: readonly Sdk[] = [
  {
    language: 'typescript',
    name: 'TypeScript',
    install: 'npx -p typescript tsc -p sdks/typescript && npm install ./sdks/typescript',
    needs: 'Node 18, Deno, Bun, edge runtimes',
  },
  { language: 'python', name: 'Python', install: 'pip install ./sdks/python', needs: 'Python 3.9, also with asyncio' },
  {
    language: 'php',
    name: 'PHP',
    install: 'composer config repositories.email-verifier path ./sdks/php && composer require email-verifier/client:@dev',
    needs: 'PHP 8.1 with curl',
  },
  { language: 'ruby', name: 'Ruby', install: 'bundle add email_verifier_client --path ./sdks/ruby', needs: 'Ruby 3.0' },
  {
    language: 'go',
    name: 'Go',
    install:
      'go mod edit -replace github.com/email-verifier/email-verifier-go=./sdks/go && go get github.com/email-verifier/email-verifier-go',
    needs: 'Go 1.21, the standard library',
  },
  { language: 'java', name: 'Java', install: 'mvn -f sdks/java/pom.xml install', needs: 'Java 11 and Gson' },
  { language: 'rust', name: 'Rust', install: 'cargo add email-verifier-client --path sdks/rust', needs: 'Rust 1.75' },
];
