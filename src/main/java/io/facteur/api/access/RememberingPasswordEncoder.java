package io.facteur.api.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Remembers for a few minutes which password fitted which hash. Without sessions each request
 * carries the password, and BCrypt is slow on purpose: 60 ms of CPU for each would be most of what
 * a script's call costs. What is kept is a MAC under a key of this process, never a password; a
 * changed hash is another entry.
 */
class RememberingPasswordEncoder implements PasswordEncoder {

  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final int MOST = 1_000;

  private final PasswordEncoder slow;
  private final SecretKeySpec key;
  private final Map<String, Instant> fitting =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
              return size() > MOST;
            }
          });

  RememberingPasswordEncoder(PasswordEncoder slow) {
    this.slow = slow;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.key = new SecretKeySpec(random, "HmacSHA256");
  }

  @Override
  public String encode(CharSequence password) {
    return slow.encode(password);
  }

  @Override
  public boolean matches(CharSequence password, String hash) {
    String mac = mac(password, hash);
    Instant until = fitting.get(mac);
    if (until != null && Instant.now().isBefore(until)) {
      return true;
    }
    boolean fits = slow.matches(password, hash);
    if (fits) {
      fitting.put(mac, Instant.now().plus(KEPT));
    } else {
      fitting.remove(mac);
    }
    return fits;
  }

  @Override
  public boolean upgradeEncoding(String hash) {
    return slow.upgradeEncoding(hash);
  }

  private String mac(CharSequence password, String hash) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(hash.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return HexFormat.of()
          .formatHex(mac.doFinal(password.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 belongs to every Java", e);
    }
  }
}
