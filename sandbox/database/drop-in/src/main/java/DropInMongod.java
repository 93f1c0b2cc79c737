import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Takes the part of {@code mongod} that the sandbox uses: {@code --port}, {@code --bind_ip},
 * {@code --dbpath} (data kept there) and {@code --ephemeral} (data in memory only). Other options of
 * mongod are accepted and ignored. Says "Waiting for connections" when it is ready, and ends at once,
 * with everything stored, on SIGTERM or SIGINT.
 */
public final class DropInMongod {

    /** What drivers are told: they ask for a newer wire version than the library's own ones. */
    private static final class Version implements MongoVersion {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 13;
        }
    }

    public static void main(String[] args) {
        Map<String, String> options = parse(args);
        try {
            start(options);
        } catch (MVStoreException e) {
            // The wording of mongod itself, which callers look for.
            boolean locked = e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED;
            fail(locked ? "DBPathInUse" : "DBPathUnreadable", e);
        } catch (IOException | RuntimeException e) {
            fail("CannotStart", e);
        }
    }

    private static void start(Map<String, String> options) throws IOException {
        MVStore store = options.containsKey("ephemeral") ? null : open(options.getOrDefault("dbpath", "."));
        MongoBackend backend = store == null ? new MemoryBackend() : new H2Backend(store);
        backend.version(new Version());
        Object lock = new Object();
        MongoServer server = new MongoServer(oneAtATime(backend, store, lock));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(store, lock)));
        server.bind(options.getOrDefault("bind_ip", "127.0.0.1"), Integer.parseInt(options.getOrDefault("port", "27017")));
        System.out.println("Waiting for connections on " + server.getLocalAddress());
    }

    /**
     * No committing in the background: {@link #oneAtATime} commits before it answers, so that a kill loses nothing.
     * Space that a commit frees is used again at once; kept for the default 45 s, small writes swell the file a
     * hundredfold.
     */
    private static MVStore open(String folder) throws IOException {
        Path dbPath = Files.createDirectories(Path.of(folder));
        String file = dbPath.resolve("drop-in.mv.db").toString();
        MVStore store = new MVStore.Builder().fileName(file).autoCommitDisabled().open();
        store.setRetentionTime(0);
        return store;
    }

    /**
     * The backend, serving one request at a time and answering with copies. The library encodes a reply after it let go
     * of the document, so a reply could otherwise show what a later request wrote.
     */
    private static MongoBackend oneAtATime(MongoBackend backend, MVStore store, Object lock) {
        return (MongoBackend) Proxy.newProxyInstance(
                MongoBackend.class.getClassLoader(), new Class<?>[] {MongoBackend.class}, (proxy, method, args) -> {
                    synchronized (lock) {
                        try {
                            Object reply = method.invoke(backend, args);
                            return reply instanceof Document document ? document.cloneDeeply() : reply;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        } finally {
                            if (store != null && !store.isClosed() && store.hasUnsavedChanges()) {
                                store.commit();
                            }
                        }
                    }
                });
    }

    /** Runs when the process is told to end; keeps the lock, so that no request is served after the store has closed. */
    private static void stop(MVStore store, Object lock) {
        synchronized (lock) {
            if (store != null) {
                store.close();
            }
            Runtime.getRuntime().halt(0);
        }
    }

    private static void fail(String code, Exception reason) {
        System.out.println("exception in initAndListen: " + code + ": " + reason.getMessage());
        Runtime.getRuntime().halt(100);
    }

    /** {@code --name value}, {@code --name=value} and bare {@code --name}. */
    private static Map<String, String> parse(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            String[] parts = args[i].replaceFirst("^--", "").split("=", 2);
            boolean valueFollows = parts.length == 1 && i + 1 < args.length && !args[i + 1].startsWith("--");
            options.put(parts[0], parts.length == 2 ? parts[1] : valueFollows ? args[++i] : "");
        }
        return options;
    }
}
