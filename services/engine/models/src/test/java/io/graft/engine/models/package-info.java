@NullMarked
package io.graft.engine.models;

import org.jspecify.annotations.NullMarked;
