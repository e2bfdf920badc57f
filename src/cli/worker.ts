/** Entry of worker threads, a bundle of its own. Nothing runs in one yet. */
export {};
