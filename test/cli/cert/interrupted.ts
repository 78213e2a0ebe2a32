// Loaded by --import before the command: sends the signal of AQUILA_TEST_SIGNAL to the process when it has made the file
// whose turn AQUILA_TEST_TURN is, and lets it wait there. With AQUILA_TEST_SIGNAL=ENOSPC the disk is full from then on.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { AQUILA_TEST_SIGNAL: signal, AQUILA_TEST_TURN: turn } = process.env;
const { open } = fs.promises;
const { linkSync } = fs;
let opened = 0;
let linked = 0;

fs.promises.open = async (...args) => {
  const isNew = args[1] === 'wx';
  if (isNew) opened += 1;
  if (signal === 'ENOSPC' && isNew && opened > Number(turn)) {
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  }
  const handle = await open(...args);
  if (signal === 'SIGINT' && isNew && opened === Number(turn)) {
    process.kill(process.pid, signal);
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  }
  return handle;
};

fs.linkSync = (...args) => {
  linkSync(...args);
  linked += 1;
  if (signal === 'SIGKILL' && linked === Number(turn)) process.kill(process.pid, signal);
};

syncBuiltinESMExports();
