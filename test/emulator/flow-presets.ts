import type { Emulator } from './index.ts';
import { changeSettings } from './metadata/store.ts';

type Preset = (emulator: Emulator) => void;

const oauthOidc =
  (closed: boolean): Preset =>
  ({ org }) => {
    changeSettings(org, 'OauthOidc', {
      blockOAuthUnPwFlow: String(closed),
      blockOAuthUsrAgtFlow: String(closed),
      isPkceRequired: String(closed),
      oAuthCdCrdtFlowEnable: 'false',
    });
  };

/** What the settings of the org let apps do, by name (docs/reference/external-client-apps.md §11). */
export const flowPresets = {
  /** Every flow closed that no collector needs. */
  'org-flows-closed': oauthOidc(true),
  /** As an older org has them in which nobody changed any. */
  'org-flows-open': oauthOidc(false),
} as const satisfies Record<string, Preset>;
