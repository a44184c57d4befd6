import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Chromium without a window, controlled through a pipe (https://chromedevtools.github.io/devtools-protocol).
 * Pages are complete texts, and nothing is fetched.
 */
export class Browser {
  #process;
  #folder = mkdtempSync(join(tmpdir(), 'botdispatch-browser-'));
  #waiting = new Map();
  #last = 0;
  #rest = '';

  static async start(program = process.env.BOTDISPATCH_TEST_CHROMIUM ?? 'chromium') {
    const browser = new Browser();
    const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
    // Chromium has no sandbox for root.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser.#process = spawn(program, ['--headless', '--remote-debugging-pipe', ...quiet, ...sandbox, `--user-data-dir=${browser.#folder}`], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    browser.#process.stdio[4].setEncoding('utf8').on('data', text => browser.#read(text));
    browser.#process.on('error', error => browser.#fail(error)).on('exit', () => browser.#fail(new Error('the browser has ended')));
    return browser;
  }

  /** The whole page as PNG. */
  async picture(html, width, scale) {
    const tab = await this.open(html, width, scale);
    try {
      return await tab.picture();
    } finally {
      await tab.close();
    }
  }

  /** A page that scripts can be run in. */
  async open(html, width, scale = 1) {
    const { targetId } = await this.#call('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.#call('Target.attachToTarget', { targetId, flatten: true });
    const tab = (method, params) => this.#call(method, params, sessionId);
    const run = async expression => {
      const { result, exceptionDetails } = await tab('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    await tab('Emulation.setDeviceMetricsOverride', { width, height: 100, deviceScaleFactor: scale, mobile: false });
    const { frameTree } = await tab('Page.getFrameTree');
    await tab('Page.setDocumentContent', { frameId: frameTree.frame.id, html });
    return {
      run,
      picture: async () => {
        await run('document.fonts.ready.then(() => Promise.all([...document.images].map(image => image.decode()))).then(() => true)');
        const { cssContentSize: { width: wide, height } } = await tab('Page.getLayoutMetrics');
        const { data } = await tab('Page.captureScreenshot', { captureBeyondViewport: true, clip: { x: 0, y: 0, width: Math.max(width, wide), height, scale: 1 } });
        return Buffer.from(data, 'base64');
      },
      close: () => this.#call('Target.closeTarget', { targetId }),
    };
  }

  async end() {
    const ended = new Promise(resolve => this.#process.once('exit', resolve));
    // On request, Chromium first ends its child processes, which otherwise go on writing. It may exit before it answers.
    this.#call('Browser.close').catch(() => {});
    await ended;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #call(method, params = {}, sessionId = undefined) {
    const id = ++this.#last;
    this.#process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #read(text) {
    const messages = (this.#rest + text).split('\0');
    this.#rest = messages.pop();
    for (const { id, result, error } of messages.map(message => JSON.parse(message)).filter(message => message.id)) {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      error ? reject(new Error(error.message)) : resolve(result);
    }
  }

  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
