<?php
declare(strict_types=1);

header('Content-Type: text/plain');
header('Cache-Control: no-store');
echo 'ok';
