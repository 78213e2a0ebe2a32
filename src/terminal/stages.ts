/** Progress of long work, stage by stage. */
export type Stages<Name extends string> = {
  goTo: (stage: Name) => void;
  /** The last stage went well. */
  end: () => void;
  /** The present stage failed. */
  fail: () => void;
};

/**
 * Shows the stages of long work on a terminal, with the time that each takes; nothing where there is none, so that logs stay short. The
 * library takes a fifth of a second to load, so only work that takes longer should call this.
 *
 * @param titles what each stage is called on the screen, in order
 */
export async function showStages<Name extends string>(
  title: string,
  titles: ReadonlyMap<Name, string>,
  shown: boolean
): Promise<Stages<Name>> {
  if (!shown || titles.size === 0) return { goTo: () => undefined, end: () => undefined, fail: () => undefined };
  const { MultiStageOutput } = await import('@oclif/multi-stage-output');
  const output = new MultiStageOutput({ title, stages: [...titles.values()], jsonEnabled: false, timerUnit: 's' });
  return {
    goTo: (stage) => output.goto(titles.get(stage) ?? stage),
    end: () => output.stop('completed'),
    fail: () => output.error(),
  };
}
