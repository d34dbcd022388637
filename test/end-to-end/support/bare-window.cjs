// A Chromium window and nothing else: pages are looked at as any browser shows them, without the app's own rules.
const { app, BrowserWindow } = require('electron');

void app.whenReady().then(() => new BrowserWindow({ show: false, webPreferences: { sandbox: true } }).loadURL('about:blank'));
