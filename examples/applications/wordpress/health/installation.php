<?php
declare(strict_types=1);

// For people and check.sh, never for the load balancer: a site that nobody has installed yet is healthy, or nobody could install it.
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);

const NO_SUCH_TABLE = 1146;

function installed(): bool
{
    [$host, $port] = explode(':', (string) getenv('WORDPRESS_DB_HOST')) + [1 => '3306'];
    $prefix = getenv('WORDPRESS_TABLE_PREFIX') ?: 'wp_';
    $database = mysqli_init();
    // Without both a server that accepts and says nothing would be waited for without end.
    $database->options(MYSQLI_OPT_CONNECT_TIMEOUT, 3);
    $database->options(MYSQLI_OPT_READ_TIMEOUT, 3);
    $database->real_connect($host, getenv('WORDPRESS_DB_USER'), getenv('WORDPRESS_DB_PASSWORD'), getenv('WORDPRESS_DB_NAME'), (int) $port);
    try {
        return $database->query("SELECT 1 FROM `{$prefix}options` WHERE option_name = 'siteurl'")->num_rows > 0;
    } catch (mysqli_sql_exception $problem) {
        if ($problem->getCode() === NO_SUCH_TABLE) {
            return false;
        }
        throw $problem;
    }
}

header('Content-Type: text/plain');
header('Cache-Control: no-store');
try {
    $installed = installed();
    http_response_code($installed ? 200 : 503);
    echo $installed ? 'installed' : 'not installed: open /wp-admin/install.php';
} catch (mysqli_sql_exception $problem) {
    http_response_code(503);
    error_log($problem->getMessage());
    echo 'the database does not answer';
}
