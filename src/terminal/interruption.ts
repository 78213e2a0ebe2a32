import type { Stages } from './stages.ts';

/** What a process that a person interrupts ends with. */
const interrupted = 130;

/**
 * Says something on standard error if the process is interrupted from now on; nothing where the words are undefined.
 *
 * @returns ends that
 */
export function sayWhenInterrupted(words: () => string | undefined): () => void {
  const say = (code: number): void => {
    const said = code === interrupted ? words() : undefined;
    if (said !== undefined) process.stderr.write(`\n${said}\n`);
  };
  process.once('exit', say);
  return () => process.off('exit', say);
}

/** What work in stages leaves behind where it is interrupted. */
export class Interruption {
  #words: string | undefined;

  /** The same stages; each says what an interruption leaves behind from then on, undefined where that is nothing. */
  follow<Name extends string>(stages: Stages<Name>, words: (stage: Name) => string | undefined): Stages<Name> {
    return {
      ...stages,
      goTo: (stage) => {
        this.#words = words(stage);
        stages.goTo(stage);
      },
    };
  }

  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    const end = sayWhenInterrupted(() => this.#words);
    try {
      return await work();
    } finally {
      end();
    }
  }
}
