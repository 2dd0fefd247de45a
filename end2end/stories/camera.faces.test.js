// The films are fit to be a camera: every frame a picture, and frames that differ.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';

import { film, openBrowser, openPage } from '../support.js';

const films = ['nasa_luca_parmitano', 'nasa_michael_lopez-alegria', 'nasa_exp13_six_people', 'noface'];

/** Mean and spread of each colour over a few frames of the camera. */
async function sampleFrames(page) {
  return page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    const video = document.querySelector('video');
    video.srcObject = stream;
    await video.play();
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const frames = [];
    while (frames.length < 8) {
      await new Promise((next) => video.requestVideoFrameCallback(next));
      context.drawImage(video, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const sum = [0, 0, 0];
      const squares = [0, 0, 0];
      let print = 0;
      for (let at = 0; at < data.length; at += 64) {
        for (let colour = 0; colour < 3; colour += 1) {
          const value = data[at + colour];
          sum[colour] += value;
          squares[colour] += value * value;
          print = (print * 31 + value) % 1_000_003;
        }
      }
      const count = Math.ceil(data.length / 64);
      const mean = sum.map((value) => value / count);
      const spread = squares.map((value, colour) => Math.sqrt(value / count - mean[colour] ** 2));
      frames.push({ width: canvas.width, height: canvas.height, mean, spread, print });
    }
    for (const track of stream.getTracks()) track.stop();
    return frames;
  });
}

for (const name of films) {
  test(`film ${name} plays as a camera`, { timeout: 60_000 }, async () => {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>camera</title><video muted playsinline></video>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const browser = await openBrowser({ video: film(name) });
    try {
      const page = await openPage(browser);
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      const frames = await sampleFrames(page);
      for (const { width, height, mean, spread } of frames) {
        assert.deepEqual([width, height], [640, 480]);
        const [red, green, blue] = mean;
        const shown = JSON.stringify({ mean, spread });
        // A frame of the wrong pixel format is plain green.
        assert.ok(green < 1.5 * Math.max(red, blue) + 20, `green: ${shown}`);
        assert.ok(Math.max(...spread) > 10, `blank: ${shown}`);
      }
      const different = new Set(frames.map((frame) => frame.print)).size;
      assert.ok(different > 1, 'the film stands still');
    } finally {
      await browser.close();
      server.close();
    }
  });
}
