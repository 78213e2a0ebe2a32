import { lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'aquila-files-'));

  at(...names: string[]): string {
    return join(this.path, ...names);
  }

  /** Everything in it, hidden files too, as `name: content` with links as `name -> …`. */
  contents(): Record<string, string> {
    const names = readdirSync(this.path, { recursive: true }) as string[];
    return Object.fromEntries(
      names.sort().map((name) => {
        const stats = lstatSync(this.at(name));
        if (stats.isSymbolicLink()) return [name, 'a link'];
        return [name, stats.isDirectory() ? 'a folder' : readFileSync(this.at(name), 'utf8')];
      })
    );
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
