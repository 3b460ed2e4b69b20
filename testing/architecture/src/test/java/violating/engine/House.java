package violating.engine;

import java.util.logging.Logger;
import violating.api.Door;
import violating.testing.Fixture;

/// An engine that logs, talks, is a bean and uses a test.
public final class House {
    private final Fixture fixture = new Fixture();

    /// Bean style.
    public String getName() {
        Logger.getLogger("house").info(fixture.toString());
        System.out.println(new Door(this, null));
        return "house";
    }
}
