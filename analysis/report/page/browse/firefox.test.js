import { reading } from './reading.js';

reading('firefox', { keys: 'fr', files: 'nl', mouse: 'en', axeAt: [['en', 1024]] });
