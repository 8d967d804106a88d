// Preloaded into a measured Node process: leaves its peak resident memory (kilobytes) behind when it ends.
const { writeFileSync } = require('node:fs');
process.on('exit', () => {
  if (process.env.GUIDELINT_PEAK_FILE)
    writeFileSync(process.env.GUIDELINT_PEAK_FILE, String(process.resourceUsage().maxRSS));
});
