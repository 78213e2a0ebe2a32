import { findProject, type Project } from '../files/project.ts';
import type { NewFile } from '../files/publish.ts';

/** The version that metadata is written for; orgs of later versions take it too. */
const sourceApiVersion = '66.0';

/** Where a new project keeps its source, and the folders below that which sf makes. */
const [newPackage, belowPackage] = ['force-app', 'main/default/'];

export type SourceTree = {
  /** What stands in front of the path of every component, with a slash at its end; empty for none. */
  below: string;
  /** What makes the folder a project, where it lies in none. */
  files: NewFile[];
};

/** How source is written to a folder so that `sf project deploy start` takes it as it is. Outside a project the folder becomes one. */
export function sourceTree(directory: string): SourceTree {
  const project = findProject(directory);
  const files: NewFile[] = project ? [] : [{ name: 'sfdx-project.json', bytes: projectText, mode: 0o644 }];
  return { below: placeIn(project, directory), files };
}

/** At the top of a project, as this plugin leaves one behind, source goes into its package; deeper down, the person has chosen the place. */
function placeIn(project: Project | undefined, directory: string): string {
  if (!project) return `${newPackage}/${belowPackage}`;
  const { folder, packageFolder } = project;
  return folder === directory && packageFolder !== undefined ? `${packageFolder}/${belowPackage}` : '';
}

const projectText = `${JSON.stringify(
  { packageDirectories: [{ path: newPackage, default: true }], sourceApiVersion },
  undefined,
  2
)}\n`;
