package io.graft.engine.tensors;

import org.jspecify.annotations.Nullable;

/**
 * A memory scope: tensors made while it is the innermost one die when it closes, unless they were moved out. Scopes close in
 * the reverse order of opening. Used by the runtime's thread only.
 */
public final class Scope implements AutoCloseable {
    private final Torch torch;
    private final @Nullable Scope parent;
    private @Nullable Tensor first;
    private boolean closed;

    Scope(Torch torch, @Nullable Scope parent) {
        this.torch = torch;
        this.parent = parent;
    }

    @Nullable
    Scope parent() {
        return parent;
    }

    /** The runtime it belongs to. */
    public Torch torch() {
        return torch;
    }

    /**
     * Moves a tensor here, so that it lives as long as this scope.
     *
     * @return the tensor
     */
    public Tensor keep(Tensor tensor) {
        checkOpen();
        tensor.scope().unlink(tensor);
        link(tensor);
        return tensor;
    }

    /**
     * Moves a tensor of this scope to the one around it.
     *
     * @return the tensor
     */
    public Tensor release(Tensor tensor) {
        if (parent == null) {
            throw new IllegalStateException("The outermost scope has none around it");
        }
        return parent.keep(tensor);
    }

    void link(Tensor tensor) {
        tensor.previous = null;
        tensor.next = first;
        if (first != null) {
            first.previous = tensor;
        }
        first = tensor;
        tensor.moveTo(this);
    }

    void unlink(Tensor tensor) {
        if (tensor.previous == null) {
            first = tensor.next;
        } else {
            tensor.previous.next = tensor.next;
        }
        if (tensor.next != null) {
            tensor.next.previous = tensor.previous;
        }
        tensor.previous = null;
        tensor.next = null;
    }

    private void checkOpen() {
        if (closed) {
            throw TensorException.closed("This scope is closed");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        torch.leaveScope(this);
        free();
    }

    /** Deletes what is here. */
    void free() {
        closed = true;
        for (Tensor tensor = first; tensor != null; ) {
            Tensor following = tensor.next;
            tensor.delete();
            tensor = following;
        }
        first = null;
    }
}
