<?php
declare(strict_types=1);

// The load balancer asks here. It must not ask the database: one slow query would take every copy out of service at once.
if (parse_url($_SERVER['REQUEST_URI'] ?? '/', PHP_URL_PATH) === '/health') {
    header('Content-Type: text/plain');
    echo 'ok';
    return;
}

mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);

/** The database may be moving to another zone: its name resolves to nothing for a while, then to a new address. */
function connect(int $attempts = 5): mysqli
{
    for ($attempt = 1; ; $attempt++) {
        try {
            return new mysqli(getenv('DB_HOST'), getenv('DB_USER'), getenv('DB_PASSWORD'), getenv('DB_NAME'), (int) getenv('DB_PORT'));
        } catch (mysqli_sql_exception $problem) {
            if ($attempt === $attempts) {
                throw $problem;
            }
            sleep(1);
        }
    }
}

try {
    $database = connect();
    $database->query('CREATE TABLE IF NOT EXISTS visits (id INT AUTO_INCREMENT PRIMARY KEY, visited_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP)');
    $database->query('INSERT INTO visits () VALUES ()');
    $visits = $database->query('SELECT COUNT(*) FROM visits')->fetch_row()[0];
    printf('<h1>ECS lab</h1><p>Visit number %d, served by %s.</p>', $visits, htmlspecialchars((string) gethostname()));
} catch (mysqli_sql_exception $problem) {
    http_response_code(503);
    error_log($problem->getMessage());
    echo 'The database does not answer; try again in a minute.';
}
