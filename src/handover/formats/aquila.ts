import { fieldLabels, type HandoverFields } from '../fields.ts';

/**
 * The five fields under the labels of the vendor's form, one per line, values in one column and never broken, since they are copied.
 *
 * @param keyPathIsLocal whether the key path is the one on this machine
 */
export function aquilaFormat(fields: HandoverFields, keyPathIsLocal: boolean): string {
  const where = keyPathIsLocal ? '(on this machine, not on the collector)' : '(on the log collector)';
  const rows = fieldLabels.map(([field, label]) => {
    const note = field === 'clientKeyPath' ? `      ${where}` : '';
    return `  ${label.padEnd(35)}${fields[field]}${note}`;
  });
  return [
    'Send these five fields to CyTech Support. None of them is secret;',
    'never send the key file by e-mail.',
    '',
    ...rows,
    '',
  ].join('\n');
}
