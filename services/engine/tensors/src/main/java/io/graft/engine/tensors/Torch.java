package io.graft.engine.tensors;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tensor runtime of a process. At most one is open at a time, and only the platform thread that opened it may use it and
 * the tensors made with it; gradients are recorded by thread, so a wrong thread would silently train nothing.
 */
public final class Torch implements AutoCloseable {
    private static final AtomicReference<@Nullable Torch> OPEN = new AtomicReference<>();

    private final TorchSettings settings;
    private final Thread owner = Thread.currentThread();
    private final Map<String, OperatorLibrary> libraries = new LinkedHashMap<>();
    private final ShutdownGuard guard = new ShutdownGuard(this);
    private final Randomness random;
    private final Scope root = new Scope(this, null);
    private Scope innermost = root;
    private long live;
    private int depth;
    private volatile boolean computing;
    private volatile boolean refusing;
    private volatile boolean closed;
    private @Nullable OperatorLibrary arithmetic;
    private @Nullable OperatorLibrary shapes;
    private @Nullable OperatorLibrary algebra;

    private Torch(TorchSettings settings) {
        this.settings = settings;
        this.random = new Randomness(this, settings.seed());
    }

    /**
     * Opens the runtime on this thread.
     *
     * @throws WrongThreadException on a virtual thread
     * @throws IllegalStateException if one is open already
     * @throws TensorException if libtorch can't be loaded
     */
    public static Torch open(TorchSettings settings) {
        if (Thread.currentThread().isVirtual()) {
            throw new WrongThreadException("Torch runs on a platform thread: gradients are recorded by OS thread. "
                    + "Start it with Thread.ofPlatform()");
        }
        Torch torch = new Torch(settings);
        if (!OPEN.compareAndSet(null, torch)) {
            throw new IllegalStateException("A Torch is open in this process already: close it first");
        }
        try {
            load();
            JniUtils.setGraphExecutorOptimize(false);
            JniUtils.setGradMode(true);
            JniUtils.setNumThreads(settings.threads());
        } catch (RuntimeException | Error failure) {
            OPEN.set(null);
            throw failure;
        }
        torch.guard.install();
        return torch;
    }

    private static void load() {
        setDefault("OPT_OUT_TRACKING", "true");
        setDefault("ai.djl.offline", "true");
        setDefault("ai.djl.pytorch.graph_optimizer", "false");
        try {
            Engine engine = Engine.getEngine("PyTorch");
            if (engine == null) {
                throw new EngineException("the PyTorch engine is not on the class path");
            }
        } catch (EngineException failure) {
            throw TensorException.of(
                    TensorException.Kind.UNAVAILABLE,
                    "libtorch can't be loaded: " + failure.getMessage()
                            + ". It needs Linux on x86-64, 500 MB free in the home folder or in DJL_CACHE_DIR, and a right to write there",
                    failure);
        }
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** How this runtime was opened. */
    public TorchSettings settings() {
        return settings;
    }

    /** The source of all random draws. */
    public Randomness random() {
        return random;
    }

    /** Opens a scope inside the innermost one. */
    public Scope scope() {
        check();
        innermost = new Scope(this, innermost);
        return innermost;
    }

    /** The outermost scope, for what lives as long as the runtime. */
    public Scope root() {
        return root;
    }

    /** Number of tensors alive, for finding leaks. */
    public long liveTensors() {
        return live;
    }

    /** Sets how many threads one operation uses. */
    public void setThreads(int threads) {
        check();
        JniUtils.setNumThreads(threads);
    }

    /** Computes something without recording what gradients need. */
    public <T> T withoutGradients(Supplier<T> work) {
        check();
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return work.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /**
     * Operators of a module, compiled at first use.
     *
     * @param anchor the class beside which the resource lies
     * @param resource file name of the TorchScript source, see {@link OperatorLibrary}
     */
    public OperatorLibrary library(Class<?> anchor, String resource) {
        check();
        String key = anchor.getPackageName() + "/" + resource;
        OperatorLibrary found = libraries.get(key);
        if (found == null) {
            found = OperatorLibrary.ofResource(this, anchor, resource);
            libraries.put(key, found);
        }
        return found;
    }

    OperatorLibrary arithmetic() {
        if (arithmetic == null) {
            arithmetic = library(Torch.class, "arithmetic.torchscript");
        }
        return arithmetic;
    }

    OperatorLibrary shapes() {
        if (shapes == null) {
            shapes = library(Torch.class, "shape.torchscript");
        }
        return shapes;
    }

    OperatorLibrary algebra() {
        if (algebra == null) {
            algebra = library(Torch.class, "algebra.torchscript");
        }
        return algebra;
    }

    Tensor adopt(long handle) {
        Tensor tensor = new Tensor(handle, innermost);
        innermost.link(tensor);
        live++;
        return tensor;
    }

    void forget() {
        live--;
    }

    void leaveScope(Scope scope) {
        check();
        if (scope != innermost || scope.parent() == null) {
            throw new IllegalStateException(
                    "Scopes close in the reverse order of opening, and the outermost with the runtime");
        }
        innermost = scope.parent();
    }

    /** Marks that libtorch computes; every call needs its {@link #leave}. Calls may nest. */
    void enter() {
        checkThread();
        if (depth++ == 0) {
            // Said before the flag is read: either this call sees the refusal, or the leaving process sees this call.
            computing = true;
        }
        if (refusing || closed) {
            leave();
            check();
        }
    }

    void leave() {
        if (--depth == 0) {
            computing = false;
        }
    }

    private void checkThread() {
        if (!Thread.currentThread().equals(owner)) {
            throw new WrongThreadException("Tensors belong to the thread '" + owner.getName()
                    + "' that opened Torch, not to '" + Thread.currentThread().getName() + "'");
        }
    }

    private void check() {
        checkThread();
        if (refusing || closed) {
            throw TensorException.closed(
                    closed ? "Torch is closed" : "The process is leaving; no operation starts any more");
        }
    }

    Thread owner() {
        return owner;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isComputing() {
        return computing;
    }

    void refuse() {
        refusing = true;
    }

    /** Frees every tensor and compiled operator. Scopes that are still open are closed with it. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        checkThread();
        if (!refusing) {
            while (innermost != root) {
                innermost.close();
            }
            root.free();
            libraries.values().forEach(OperatorLibrary::close);
            libraries.clear();
        }
        closed = true;
        guard.remove();
        OPEN.compareAndSet(this, null);
    }
}
