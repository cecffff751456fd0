@NullMarked
package io.graft.platform.kafka;

import org.jspecify.annotations.NullMarked;
