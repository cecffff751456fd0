package io.graft.engine.benchmark;

/**
 * What one peer did in one round.
 *
 * @param seconds wall time of all its steps
 * @param cpuSeconds processor time of its process in them
 * @param loss mean cross entropy of the first of them, before its update
 */
record Round(double seconds, double cpuSeconds, double loss) {}
