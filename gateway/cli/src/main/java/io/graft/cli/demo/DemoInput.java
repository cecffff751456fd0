package io.graft.cli.demo;

/**
 * Something that the demonstration begins with.
 *
 * @param role in the story
 * @param name of the registered version
 * @param digest of its content
 */
record DemoInput(String role, String name, String digest) {}
