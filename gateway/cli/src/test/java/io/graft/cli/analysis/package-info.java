@NullMarked
package io.graft.cli.analysis;

import org.jspecify.annotations.NullMarked;
