<?php
declare(strict_types=1);

// The load balancer asks here. It must not ask the database: one slow query would take every copy out of service at once.
if (strtok($_SERVER['REQUEST_URI'] ?? '/', '?') === '/health') {
    header('Content-Type: text/plain');
    echo 'ok';
    return;
}

mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);

const DATABASE_SLOTS = 32;
const SECONDS_TO_ANSWER = 4;
const SECONDS_TO_TRY = 8;

/**
 * A place among those who may wait for the database, until the file is closed; false when all are taken.
 * Fewer than the workers of Apache: while the database hangs, some are left to answer /health.
 */
function databaseSlot(): mixed
{
    for ($number = 0; $number < DATABASE_SLOTS; $number++) {
        $file = fopen(sys_get_temp_dir() . "/database-slot-$number", 'c');
        if ($file !== false && flock($file, LOCK_EX | LOCK_NB)) {
            return $file;
        }
    }
    return false;
}

/** The database may be moving to another zone: its name resolves to nothing for a while, then to a new address. */
function connect(): mysqli
{
    for ($end = time() + SECONDS_TO_TRY; ; ) {
        try {
            $database = mysqli_init();
            // Without both a server that accepts and says nothing would be waited for without end.
            $database->options(MYSQLI_OPT_CONNECT_TIMEOUT, SECONDS_TO_ANSWER);
            $database->options(MYSQLI_OPT_READ_TIMEOUT, SECONDS_TO_ANSWER);
            $database->real_connect(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'), (int) getenv('DB_PORT'));
            return $database;
        } catch (mysqli_sql_exception $problem) {
            if (time() >= $end) {
                throw $problem;
            }
            sleep(1);
        }
    }
}

function countVisit(): int
{
    $slot = databaseSlot();
    if ($slot === false) {
        throw new mysqli_sql_exception('all ' . DATABASE_SLOTS . ' places at the database are taken');
    }
    $database = connect();
    $database->query('CREATE TABLE IF NOT EXISTS visits (id INT AUTO_INCREMENT PRIMARY KEY, visited_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)');
    $database->query('INSERT INTO visits () VALUES ()');
    return (int) $database->query('SELECT COUNT(*) FROM visits')->fetch_row()[0];
}

function page(string $text): string
{
    return <<<HTML
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>ECS lab</title>
        </head>
        <body>
        <main><h1>ECS lab</h1><p>$text</p></main>
        </body>
        </html>

        HTML;
}

header('Cache-Control: no-store');
header('X-Content-Type-Options: nosniff');
try {
    $visits = countVisit();
    echo page(sprintf('Visit number %d, served by %s.', $visits, htmlspecialchars((string) gethostname())));
} catch (mysqli_sql_exception $problem) {
    http_response_code(503);
    header('Retry-After: 5');
    error_log($problem->getMessage());
    echo page('The database does not answer; try again in a minute.');
}
