const { removeRunFolder } = require('./make-run-folder.cjs');

module.exports = async () => {
  if (process.env.POSTRIDER_TEST_RUN_DIR) await removeRunFolder(process.env.POSTRIDER_TEST_RUN_DIR);
};
