import { Parser, type Command, type Interfaces } from '@oclif/core';
import { expect } from 'chai';
import { commandLines, commandOf, committedManifest, words } from './command-lines.ts';

const manifest = committedManifest();
const commands = Object.values(manifest.commands);

/** Parses with the names, letters, options and relations of the flags, but asks no disk and no default. */
async function parse(argv: string[], command: Command.Cached): Promise<unknown> {
  const flags = Object.entries(command.flags).map(([name, flag]) => [
    name,
    { ...flag, default: undefined, parse: async (text: unknown) => text, input: [] },
  ]);
  return Parser.parse(argv, {
    args: {},
    flags: Object.fromEntries(flags) as Interfaces.FlagInput,
    strict: true,
    enableJsonFlag: true,
  });
}

const exitCodesOf = (command: Command.Cached): string[] => {
  const section = command['errorCodes'] as { body?: Array<{ name: string; description: string }> } | undefined;
  return (section?.body ?? []).filter(({ description }) => description.trim() !== '').map(({ name }) => name);
};

describe('contract: commands', () => {
  it('there are some', () => expect(Object.keys(manifest.commands)).to.include('aquila:login'));

  for (const command of commands) {
    const name = command.id.replaceAll(':', ' ');

    it(`${name} has a summary and a description`, () => {
      expect(command.summary).to.match(/^[A-Z].*\.$/);
      expect(command.description).to.match(/\S/);
    });

    for (const [flag, { summary }] of Object.entries(command.flags).filter(([flag]) => flag !== 'json')) {
      it(`${name} --${flag} has a summary`, () => expect(summary).to.match(/^[A-Z].*\.$/s));
    }

    it(`${name} has no flag whose value is a secret`, () => {
      const secret = /^(?!.*-(?:file|days|type|handler)$).*(?:password|passphrase|secret|token)/;
      expect(Object.keys(command.flags).filter((flag) => secret.test(flag))).to.deep.equal([]);
    });

    it(`${name} says in its help what each exit code means`, () => {
      expect(exitCodesOf(command)).to.deep.equal(['0', '1', '2', '130']);
    });

    it(`${name} has examples, and all of them parse`, async () => {
      const examples = (command.examples ?? []).map((example) =>
        typeof example === 'string' ? example : example.command
      );
      expect(examples).to.not.be.empty;
      for (const example of examples) {
        const lines = commandLines(example, command.id).map((line) => words(line).slice(1));
        const found = lines.map((argv) => commandOf(argv, manifest)).filter((line) => line !== undefined);
        expect(
          found.map((line) => line.command.id),
          example
        ).to.include(command.id);
        for (const line of found) await parse(line.rest, line.command);
      }
    });
  }
});

describe('contract: the judge of examples', () => {
  const command = {
    flags: { days: { name: 'days', type: 'option', options: ['1', '2'] } },
    args: {},
  } as unknown as Command.Cached;

  const bad: Array<[what: string, argv: string[], message: RegExp]> = [
    ['an unknown flag', ['--dayz', '1'], /Nonexistent flag: --dayz/],
    ['a value that is no option', ['--days', '3'], /Expected --days=3 to be one of/],
    ['a missing value', ['--days'], /expects/],
    ['a stray word', ['now'], /Unexpected argument: now/],
  ];
  for (const [what, argv, message] of bad) {
    it(`${what} does not parse`, async () => {
      const problem = await parse(argv, command).then(
        () => 'it parses',
        (error: unknown) => String(error)
      );
      expect(problem).to.match(message);
    });
  }

  it('a quoted value is one word, and a pipe ends the command', () => {
    expect(words(`sf aquila x --subject "C=PH, O=Acme" --name 'a b' | jq .`)).to.deep.equal([
      ...['sf', 'aquila', 'x', '--subject', 'C=PH, O=Acme', '--name', 'a b'],
    ]);
  });
});
