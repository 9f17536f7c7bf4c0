const { makeRunFolder, removeStaleRunFolders } = require('./make-run-folder.cjs');

/** Backends start when the first test asks for one, in whichever worker; the run's folder is where the others find it. */
module.exports = async () => {
  await removeStaleRunFolders();
  process.env.POSTRIDER_TEST_RUN_DIR = makeRunFolder();
};
