import { defineCheck, pass, skip, warn } from '../define.ts';

export default defineCheck({
  id: 'key-private-mode',
  title: 'key file is readable by its owner alone',
  why: 'Whoever can read the key can log in as the integration user.',
  fix: 'chmod 600 <key>',
  needs: ['keyFile', 'posix'],
  judge: ({ keyFile: { path, mode }, posix }) => {
    if (!posix) return skip('this system has no file modes; see to it that only you can open the folder of the key');
    const octal = (mode & 0o777).toString(8).padStart(4, '0');
    const data = { mode: octal };
    return (mode & 0o077) === 0
      ? pass(undefined, { data })
      : warn(`${path} has mode ${octal}, so other users of this machine can reach the key`, { data });
  },
});
