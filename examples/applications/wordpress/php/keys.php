<?php
declare(strict_types=1);

// Cookies that one task signs must be valid at the others. Left alone the image makes up other keys in every task; with a seed all
// tasks make the same eight out of it. Without one, on a single machine, the image goes on as it does.
(static function (): void {
    $seed = getenv('WORDPRESS_KEY_SEED');
    if ($seed === false || $seed === '') {
        return;
    }
    foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $scheme) {
        foreach (["{$scheme}_KEY", "{$scheme}_SALT"] as $name) {
            putenv("WORDPRESS_{$name}=" . hash_hmac('sha512', $name, $seed));
        }
    }
})();
