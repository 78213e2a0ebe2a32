import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectFiles, root } from './project-files.ts';

/** Texts only: a file with a zero byte is binary. Fixtures may be as broken as their tests need. */
function texts(): Array<{ file: string; text: string }> {
  return projectFiles()
    .filter((file) => !file.startsWith('test/fixtures/'))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'));
}

/** `file:line: the match` for every match of a pattern. */
function places(pattern: RegExp): string[] {
  return texts().flatMap(({ file, text }) =>
    file === 'test/house/tracked-files.test.ts'
      ? []
      : text.split('\n').flatMap((line, index) => {
          const match = pattern.exec(line);
          return match ? [`${file}:${index + 1}: ${match[0]}`] : [];
        })
  );
}

describe('house: tracked files', () => {
  it('there are some', () => {
    const files = texts().map(({ file }) => file);
    expect(files).to.include.members(['package.json', 'package-lock.json', 'src/errors.ts', 'messages/errors.md']);
  });

  it('every line ends in LF', () => {
    expect(
      texts()
        .filter(({ text }) => text.includes('\r\n'))
        .map(({ file }) => file)
    ).to.deep.equal([]);
  });

  it('no file names the host of a package registry', () => {
    expect(
      places(/\bregistry\.(?:[a-z0-9-]+\.)+(?:cn|com|dev|internal|io|lan|local|net|org)\b|"resolved": *"http/i)
    ).to.deep.equal([]);
  });

  it('no file names a path of the machine it was written on', () => {
    // a home folder in an example belongs to somebody invented: /home/ann, /Users/you
    expect(places(/(?<![\w.:/-])\/(?:work|root|(?:home|Users)\/(?!(?:ann|you)\b)\w+)\//)).to.deep.equal([]);
    expect(places(/\b[A-Z]:\\Users\\(?!(?:ann|you)\b)\w+/)).to.deep.equal([]);
  });

  it('no file speaks of how the project was made', () => {
    expect(
      places(/\.\.\/shared\b|\bDESIGN(?:\.md| §)|\b[Ii]ssue #?\d{1,2}\b|\b[Ww]ork order\b|\bbrief\.md\b/)
    ).to.deep.equal([]);
  });
});
