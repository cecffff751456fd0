package io.graft.platform.artifact;

/**
 * One object of the artifact store.
 *
 * @param key full key
 * @param size length in bytes
 */
public record StoredObject(String key, long size) {}
