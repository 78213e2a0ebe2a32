import { Messages } from '@salesforce/core/messages';
import { SfError } from '@salesforce/core/sfError';
import { problem } from '../errors.ts';
import type { SetupStep, SetupStepName, SetupStepStatus } from './setup-talk.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-aquila', 'setup');

type View = { goTo: (step: SetupStepName) => void; fail: () => void };

/** What has been done so far, for the result, and for whoever has to know where it stopped. */
export class Course {
  readonly #names: readonly SetupStepName[];
  readonly #view: View;
  readonly #begun = new Set<SetupStepName>();
  readonly #ended = new Map<SetupStepName, SetupStepStatus>();
  readonly #undoing: string[] = [];

  /** @param names of the steps that this run has, in order */
  constructor(names: readonly SetupStepName[], view: View) {
    this.#names = names;
    this.#view = view;
  }

  get steps(): SetupStep[] {
    return this.#names.flatMap((step) => {
      const status = this.#ended.get(step);
      return status === undefined ? [] : [{ step, status }];
    });
  }

  /** Whether anything has been changed. */
  get changed(): boolean {
    return [...this.#ended.values()].includes('done');
  }

  begin(step: SetupStepName): void {
    this.#begun.add(step);
    this.#view.goTo(step);
  }

  /** @param undo how a person takes it back, line by line */
  end(step: SetupStepName, status: SetupStepStatus, undo: readonly string[] = []): void {
    this.#ended.set(step, status);
    if (status === 'done') this.#undoing.push(...undo.filter((one) => !this.#undoing.includes(one)));
  }

  /**
   * Takes one step.
   *
   * @param work answers whether it changed anything
   * @throws what the work throws, with what has been done before
   */
  async take(step: SetupStepName, work: () => Promise<boolean>, undo?: readonly string[]): Promise<void> {
    this.begin(step);
    await this.guard(step, async () => this.end(step, (await work()) ? 'done' : 'unchanged', undo));
  }

  /** As {@link take} for work that ends its steps itself; `step` is the one that fails with it. */
  async guard<Result>(step: SetupStepName | (() => SetupStepName), work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      this.end(typeof step === 'string' ? step : step(), 'failed');
      this.#view.fail();
      throw this.#explained(error);
    }
  }

  /** What a person needs to know of an end before the end. */
  words(): string {
    const interrupted = this.#names.filter((step) => this.#begun.has(step) && !this.#ended.has(step));
    return [...this.#state(interrupted), messages.getMessage('again'), ...this.#undoing.toReversed()].join('\n');
  }

  /** @param interrupted steps that were neither taken back nor ended */
  #state(interrupted: readonly SetupStepName[] = []): string[] {
    const [done, failed, open] = [
      this.steps.filter(({ status }) => status === 'done' || status === 'unchanged').map(({ step }) => step),
      this.steps.filter(({ status }) => status === 'failed').map(({ step }) => step),
      this.#names.filter((step) => !this.#ended.has(step) && !interrupted.includes(step)),
    ];
    const list = (names: readonly string[]): string =>
      names.length === 0 ? messages.getMessage('none') : names.join(', ');
    return [
      messages.getMessage('state.done', [list(done)]),
      ...(failed.length === 0 ? [] : [messages.getMessage('state.failed', [list(failed)])]),
      ...(interrupted.length === 0 ? [] : [messages.getMessage('state.interrupted', [list(interrupted)])]),
      messages.getMessage('state.open', [list(open)]),
    ];
  }

  #explained(error: unknown): unknown {
    if (!(error instanceof SfError)) return error;
    const { message, actions } = problem('SetupUnfinished', [this.#state().join(' ')], []);
    error.actions = [...(error.actions ?? []), message, ...actions, ...this.#undoing.toReversed()];
    error.setData({ ...(error.data as object | undefined), steps: this.steps });
    return error;
  }
}
