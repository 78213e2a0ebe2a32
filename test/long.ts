/** Required by `npm run test:long`: makes the random tests run whole instead of as a sample. */
process.env.AQUILA_LONG = '1';
