import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeLicences } from '../build.mjs';
import { alone } from './document.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..');

// The page that build.mjs writes, with DOCUMENT in it or without.
function built(document) {
    const at = mkdtempSync(join(tmpdir(), 'page-'));
    const options = [];
    if (document) {
        writeFileSync(join(at, 'document.json'), JSON.stringify(document));
        options.push('--document', join(at, 'document.json'));
    }
    execFileSync(process.execPath, [join(folder, 'build.mjs'), join(at, 'page.html'), ...options]);
    const html = readFileSync(join(at, 'page.html'), 'utf8');
    rmSync(at, { recursive: true });
    return html;
}

test('the licences that are kept are those of the page', async () => {
    const kept = readFileSync(join(folder, 'LICENCES.md'), 'utf8');
    assert.equal(await makeLicences(), kept, 'run node build.mjs --licences and commit LICENCES.md');
});

test('every package in the page has a licence text', async () => {
    const text = await makeLicences();
    for (const part of text.split('\n## ').slice(1)) {
        assert.ok(part.split('\n').slice(1).join('').trim().length > 100, part.split('\n')[0]);
    }
});

test('the template has each marker once, and its policy is that of its script', () => {
    const html = built();
    for (const marker of ['@NUMBERS@', '@LANG@', '@TITLE@']) {
        assert.equal(html.split(marker).length, 2, marker);
    }
    const code = html.match(/<script>([\s\S]*?)<\/script>/)[1];
    const hash = createHash('sha256').update(code).digest('base64');
    assert.ok(html.includes(`script-src 'sha256-${hash}'`));
    assert.ok(html.includes("default-src 'none'"));
});

test('a name cannot become markup', () => {
    const document = alone();
    document.scenarios[0].name = '</title><script>alert(1)</script> & "x"';
    const html = built(document);
    assert.ok(html.includes('<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;</title>'));
    assert.ok(!html.includes('<script>alert(1)'));
});

test('the page asks nothing of a network', () => {
    const html = built();
    const loads = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((found) => found[1]);
    assert.deepEqual(loads.filter((address) => !/^(data:,|#)/.test(address)), []);
});
