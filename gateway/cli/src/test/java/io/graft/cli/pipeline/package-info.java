@NullMarked
package io.graft.cli.pipeline;

import org.jspecify.annotations.NullMarked;
