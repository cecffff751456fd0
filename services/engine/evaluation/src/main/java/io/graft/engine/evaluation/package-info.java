/**
 * Tasks of language models that are declared as data, measured as lm-evaluation-harness 0.4.13 measures them: multiple
 * choice by log-likelihood, rolling perplexity and generation.
 */
@NullMarked
package io.graft.engine.evaluation;

import org.jspecify.annotations.NullMarked;
