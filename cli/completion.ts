// `completion`: prints a shell script generated from the commands and options. The script answers without starting this program, so
// pressing Tab costs nothing.
import { Argument, Command } from 'commander';
import { buildProgram, type Commands, everyOf, PROGRAM_NAME } from './program';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];
const isShell = (text: string): text is Shell => SHELLS.some((shell) => shell === text);

interface Word {
  word: string;
  about: string;
}

/** What can follow a command. */
interface Place {
  /** `list upload`; '' for the program itself. */
  path: string;
  commands: Word[];
  options: Word[];
}

/** The table with `completion` as its last command. */
export function completionOf(commands: Commands): Commands {
  const all: Commands = {
    ...commands,
    completion: {
      summary: 'print a shell completion script',
      load: () => Promise.resolve(completionCommand(() => all)),
    },
  };
  return all;
}

function completionCommand(commands: () => Commands): Command {
  return new Command('completion')
    .description('Print a script that completes commands and options in a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText(
      'after',
      `
Examples:
  $ ${PROGRAM_NAME} completion bash > ~/.local/share/bash-completion/completions/${PROGRAM_NAME}
  $ ${PROGRAM_NAME} completion zsh > "\${fpath[1]}/_${PROGRAM_NAME}"
  $ ${PROGRAM_NAME} completion fish > ~/.config/fish/completions/${PROGRAM_NAME}.fish`,
    )
    .action(async (shell: string) => {
      const program = await buildProgram(commands(), () => true);
      if (isShell(shell)) process.stdout.write(SCRIPTS[shell](placesOf(program)));
    });
}

function placesOf(program: Command): Place[] {
  const places: Place[] = [];
  everyOf(program, (command) => {
    const options = command.options.map(({ long, short, description }) => ({ word: long ?? short ?? '', about: description }));
    places.push({
      path: pathOf(command),
      commands: command.commands.map((one) => ({ word: one.name(), about: one.summary() || one.description() })),
      options: [...options, { word: '--help', about: 'show help' }],
    });
  });
  return places;
}

/** Without the program's own name. */
const pathOf = (command: Command): string =>
  command.parent === null ? '' : [pathOf(command.parent), command.name()].filter((part) => part !== '').join(' ');

const SCRIPTS: Record<Shell, (places: Place[]) => string> = { bash, zsh, fish };

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const wordsOf = ({ commands, options }: Place): string => [...commands, ...options].map(({ word }) => word).join(' ');

function bash(places: Place[]): string {
  return `# bash completion of ${PROGRAM_NAME}
_email_verifier() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] || case "$path \${word}" in
${places
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      ${quoted(path.includes(' ') ? path : ` ${path}`)}) path=${quoted(path)} ;;`)
  .join('\n')}
    esac
  done
  case "$path" in
${places.map((place) => `    ${quoted(place.path)}) words=${quoted(wordsOf(place))} ;;`).join('\n')}
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  [[ \${#COMPREPLY[@]} -gt 0 || $current == -* ]] || mapfile -t COMPREPLY < <(compgen -f -- "$current")
}
complete -o filenames -F _email_verifier ${PROGRAM_NAME}
`;
}

function zsh(places: Place[]): string {
  const described = (words: Word[]) =>
    words.map(({ word, about }) => quoted(`${word.replaceAll(':', '\\:')}:${about}`)).join(' ');
  return `#compdef ${PROGRAM_NAME}
# zsh completion of ${PROGRAM_NAME}
_email_verifier() {
  local path_now="" word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ $word == -* ]] && continue
    case "$path_now $word" in
${places
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      ${quoted(path.includes(' ') ? path : ` ${path}`)}) path_now=${quoted(path)} ;;`)
  .join('\n')}
    esac
  done
  local -a found
  local files=yes
  case "$path_now" in
${places.map((place) => `    ${quoted(place.path)}) found=(${described([...place.commands, ...place.options])})${place.commands.length > 0 ? ' files=' : ''} ;;`).join('\n')}
  esac
  _describe 'command' found
  [[ -n $files ]] && _files
}
# When loaded from fpath, complete right away. When sourced, only register the function.
if [[ $funcstack[1] == _${PROGRAM_NAME} ]]; then _email_verifier "$@"; else compdef _email_verifier ${PROGRAM_NAME}; fi
`;
}

function fish(places: Place[]): string {
  const cases = places
    .filter(({ path }) => path !== '')
    .map(({ path }) => `      case ${quoted(path.includes(' ') ? path : ` ${path}`)}\n        set here ${quoted(path)}`);
  const lines = places.flatMap(({ path, commands, options }) => {
    const start = `complete -c ${PROGRAM_NAME} -n ${quoted(`__email_verifier_at "${path}"`)}`;
    return [
      ...commands.map(({ word, about }) => `${start} -f -a ${word} -d ${quoted(about)}`),
      ...options.map(({ word, about }) => `${start} -l ${word.replace(/^--/, '')} -d ${quoted(about)}`),
    ];
  });
  return `# fish completion of ${PROGRAM_NAME}
# The same word can be a command at different places (\`list\`, \`keys list\`), so the place is read word by word.
function __email_verifier_at
  set -l here ''
  set -l words (commandline -opc)
  set -e words[1]
  for word in $words
    string match -q -- '-*' $word; and continue
    switch "$here $word"
${cases.join('\n')}
    end
  end
  test "$here" = "$argv[1]"
end
${lines.join('\n')}
`;
}
