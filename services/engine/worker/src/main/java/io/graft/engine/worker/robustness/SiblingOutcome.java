package io.graft.engine.worker.robustness;

/**
 * What changes that fooled one version do to another.
 *
 * @param version the other one's name
 * @param transferRate share of those pictures that it labels wrongly; NaN without any
 * @param cleanErrorRate share of the same pictures that it labels wrongly unchanged; NaN without any
 */
record SiblingOutcome(String version, double transferRate, double cleanErrorRate) {}
