package coppice.kernel.platform;

import java.security.SecureRandom;

final class SecureEntropy implements Entropy {
    static final SecureEntropy INSTANCE = new SecureEntropy();

    private final SecureRandom random = new SecureRandom();

    private SecureEntropy() {}

    @Override
    public void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }
}
