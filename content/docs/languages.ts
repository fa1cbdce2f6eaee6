// The languages of the examples, in the order of their tabs, and the file of each in an example's folder.

export const LANGUAGES = [
  { id: 'curl', label: 'curl', file: 'curl.sh', fence: 'sh' },
  { id: 'typescript', label: 'TypeScript', file: 'typescript.ts', fence: 'ts' },
  { id: 'python', label: 'Python', file: 'python.py', fence: 'python' },
  { id: 'php', label: 'PHP', file: 'php.php', fence: 'php' },
  { id: 'ruby', label: 'Ruby', file: 'ruby.rb', fence: 'ruby' },
  { id: 'go', label: 'Go', file: 'go.go', fence: 'go' },
  { id: 'java', label: 'Java', file: 'java.java', fence: 'java' },
  { id: 'rust', label: 'Rust', file: 'rust.rs', fence: 'rust' },
] as const;

export type LanguageId = (typeof LANGUAGES)[number]['id'];

export const isLanguageId = (word: string): word is LanguageId => LANGUAGES.some(({ id }) => id === word);
