import type { Permissions } from '../state.ts';
import type { Switches } from '../switches.ts';
import { Problem } from './elements.ts';
import type { Element } from './xml.ts';

/** Names of user permissions in metadata, as their columns have them (docs/reference/external-client-apps.md §9). */
const names: Readonly<Record<string, keyof Permissions>> = {
  ApiEnabled: 'apiEnabled',
  ApiUserOnly: 'apiOnly',
  AssignPermissionSets: 'assignPermissionSets',
  ExternalClientAppAdmin: 'externalClientAppAdmin',
  ExternalClientAppDeveloper: 'externalClientAppDeveloper',
  ExternalClientAppViewer: 'externalClientAppViewer',
  ManageUsers: 'manageUsers',
  ModifyAllData: 'modifyAllData',
  ModifyMetadata: 'modifyMetadata',
  ViewAllData: 'viewAllData',
  ViewClientSecret: 'viewClientSecret',
  ViewEventLogFiles: 'viewEventLogFiles',
  ViewSetup: 'viewSetup',
};

/** It is judged where delegated authentication is (../sso-permission.ts). */
const elsewhere = 'IsSsoEnabled';

/**
 * What the elements `userPermissions` of a permission set give. A name that the org does not know is refused; its words are a guess.
 *
 * @throws Problem
 */
export function userPermissions(root: Element, { realTimePermissionColumn }: Switches): Array<keyof Permissions> {
  const known = { ...names };
  if (realTimePermissionColumn !== '') {
    known[realTimePermissionColumn.replace(/^Permissions/, '')] = 'viewRealTimeEventMonitoring';
  }
  const textIn = (element: Element, name: string): string =>
    element.children.find((one) => one.name === name)?.text ?? '';
  return root.children
    .filter((one) => one.name === 'userPermissions' && textIn(one, 'name') !== elsewhere)
    .flatMap((element) => {
      const permission = known[textIn(element, 'name')];
      if (!permission) throw new Problem(`Unknown user permission: ${textIn(element, 'name')}`);
      return textIn(element, 'enabled') === 'true' ? [permission] : [];
    });
}
