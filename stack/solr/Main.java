import java.util.Properties;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;

/** Runs a Solr server in the foreground: {@code java -cp 'lib/*' Main.java SOLR_HOME PORT}. */
public final class Main {
    private Main() {
    }

    public static void main(String[] arguments) throws Exception {
        System.setProperty("solr.log.dir", arguments[0]);
        System.setProperty("host", "127.0.0.1");
        JettyConfig config = JettyConfig.builder()
                .setPort(Integer.parseInt(arguments[1]))
                .setContext("/solr")
                .build();
        JettySolrRunner server = new JettySolrRunner(arguments[0], new Properties(), config);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                server.stop();
            } catch (Exception problem) {
                System.err.println("Solr did not stop cleanly: " + problem);
            }
        }));
        Thread.currentThread().join();
    }
}
