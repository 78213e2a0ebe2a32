import { draftOf } from '../metadata/store.ts';
import type { OrgState } from '../state.ts';

type Setting = 'blockOAuthUnPwFlow' | 'blockOAuthUsrAgtFlow' | 'isPkceRequired';

/** Whether settings OauthOidc were deployed with this element on (docs/reference/external-client-apps.md §11). */
export const oauthSetting = (org: OrgState, name: Setting): boolean =>
  draftOf(org).settings.get('OauthOidc')?.[name] === 'true';
